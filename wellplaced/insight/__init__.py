"""Looking at the whole: the calendar, the flow chart (C24), how timely the work is."""
