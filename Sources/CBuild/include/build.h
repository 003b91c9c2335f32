// What the manifest knew of the sources when this was built.
const char *bnl_commit(void);
