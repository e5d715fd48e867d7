package io.larder.sample;

import java.math.BigDecimal;

/**
 * What a product costs.
 *
 * @param now the price of today
 * @param lowest the lowest price of the last thirty days, which a shop in the EU has to state
 */
record Price(BigDecimal now, BigDecimal lowest, Currency currency) {}
