"""The historical sets as records, one file a set. Their rows stay where they are: only numbers fitted on them are shipped."""
