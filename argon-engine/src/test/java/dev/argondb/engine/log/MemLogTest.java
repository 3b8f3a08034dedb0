package dev.argondb.engine.log;

final class MemLogTest extends LogContract {

    @Override
    Log open() {
        return new MemLog();
    }
}
