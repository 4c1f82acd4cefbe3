"""What words mean: headers, countries, types, roles, amounts, remarks. Nothing of sheets."""
