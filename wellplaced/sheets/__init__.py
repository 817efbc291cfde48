"""Tables in and out: uploaded CSV files read with every problem named by row and column; safe CSV downloads."""
