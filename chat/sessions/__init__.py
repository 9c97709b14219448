"""Who is there: sessions in the database, and what ends them."""
