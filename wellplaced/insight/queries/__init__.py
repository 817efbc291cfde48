"""What the pages of this room ask of the database: counted there, in few queries, however much there is."""
