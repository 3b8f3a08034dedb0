package dev.argondb.engine.page;

import dev.argondb.engine.volume.VolumeFile;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames of a file in the order in which they stand, many at a time.
 *
 * <p>Confined to one thread.
 */
final class FrameWindow {

    private static final int BYTES = 1 << 18;

    private final PageFile file;
    private final VolumeFile open;
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private long offset;

    FrameWindow(PageFile file, VolumeFile open) {
        this.file = file;
        this.open = open;
    }

    /** Returns a frame, which is inside the file, as it is: valid until the next call. */
    PageFrame frame(PageFrame.Place place) {
        long end = place.offset() + place.frameBytes();
        if (place.offset() < offset || end > offset + bytes.limit()) {
            long length = Math.max(place.frameBytes(), Math.min(BYTES, file.indexOffset() - place.offset()));
            bytes = file.read(open, place.offset(), (int) length);
            offset = place.offset();
        }
        return new PageFrame(bytes, (int) (place.offset() - offset));
    }

    /** Returns a frame that is as it was written: valid until the next call. */
    PageFrame checkedFrame(PageFrame.Place place) {
        PageFrame frame = frame(place);
        @Nullable PageDamage damage = frame.damage(place, file.place());
        if (damage != null) {
            throw damage.toException();
        }
        return frame;
    }
}
