"""What is kept from one run to the next; imported on use, for it loads SQLAlchemy."""
