package dev.argondb.engine.volume;

import java.io.IOException;
import java.util.List;

/**
 * A tree of files. Names are relative, with `/` between directories; the empty name is the root.
 *
 * <p>Thread-safe. A failed operation throws an {@link IOException}; what it was about to write may be there in part.
 */
public interface Volume {

    /**
     * Makes a new, empty file and opens it.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is one of that name
     */
    VolumeFile create(String name) throws IOException;

    /**
     * Opens a file to read and write.
     *
     * @throws java.nio.file.NoSuchFileException if there is none of that name
     */
    VolumeFile open(String name) throws IOException;

    /**
     * Opens a file to read.
     *
     * @throws java.nio.file.NoSuchFileException if there is none of that name
     */
    VolumeFile openForRead(String name) throws IOException;

    /** Tells whether there is a file of that name. */
    boolean exists(String name) throws IOException;

    /** Gives a file another name, atomically, replacing what had it. Both are in one directory. */
    void rename(String from, String to) throws IOException;

    /** Removes a file, if it is there. */
    void delete(String name) throws IOException;

    /** Returns the names of the files in a directory, without the directory's, in order; none if it does not exist. */
    List<String> list(String directory) throws IOException;

    /** Makes a directory in the root, durable when it returns, unless it is there. */
    void createDirectory(String directory) throws IOException;

    /** Makes durable which files a directory holds under which names. */
    void syncDirectory(String directory) throws IOException;

    /**
     * Takes the only lock of this volume, which ends with the process at the latest.
     *
     * @param name the file that carries the lock and the holder's process id
     * @throws dev.argondb.UnavailableException if this or another process holds it; the message names the process
     */
    VolumeLock lock(String name) throws IOException;

    /** Returns the full name of a file or directory, for messages. */
    String describe(String name);
}
