"""From a query to ranked documents, passages, confidences and links."""
