"""Progress and problems told between two reports, and who adopts them."""
