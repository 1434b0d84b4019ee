"""What the product does; every face asks here, and nowhere else."""
