int evenhand_placeholder(void) { return 0; }
