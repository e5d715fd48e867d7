package com.acme.shop;

/** A class of the web application: two deployments have one each, and neither takes the other's. */
record Price(String shop, String product) {}
