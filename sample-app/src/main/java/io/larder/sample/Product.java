package io.larder.sample;

/**
 * What a product page says about the product itself.
 *
 * @param weightGrams the weight with its packaging
 */
record Product(
    long id,
    String sku,
    String name,
    String description,
    String brand,
    int categoryId,
    String category,
    int departmentId,
    String department,
    int weightGrams) {}
