package com.acme.shop;

/** What a list of books shows. */
public record BookTitle(long id, String title) {}
