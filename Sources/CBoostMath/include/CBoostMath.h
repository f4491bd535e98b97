int evenhand_placeholder(void);
