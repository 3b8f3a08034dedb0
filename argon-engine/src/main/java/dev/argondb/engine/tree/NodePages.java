package dev.argondb.engine.tree;

/** How the nodes of one kind of tree come from pages. */
record NodePages<V>(PageCache cache, ValueCodec<V> codec) {}
