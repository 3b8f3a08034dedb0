package dev.argondb.engine.page;

final class MemPageStoreTest extends PageStoreContract {

    @Override
    PageStore open() {
        return new MemPageStore();
    }

    @Override
    PageStore reopen(PageStore open) {
        return open;
    }
}
