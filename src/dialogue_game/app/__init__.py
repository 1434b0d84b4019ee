"""What the product does; every front end asks here, and nowhere else."""
