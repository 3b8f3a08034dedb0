package dev.argondb.engine.page;

import dev.argondb.engine.page.PageStore.LivePages;
import dev.argondb.engine.volume.VolumeFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/*
 * Which files. Rewriting a file costs its live bytes and gains its dead ones, so files are taken in the order of their dead
 * share, the highest first, until those that are left hold no more than a small part of all dead bytes. Files without a live
 * page just go. A store that is nearly all live is left as it is. Who asks again and again sets a least share: then no more than four
 * bytes are copied for each that is gained, and no more than a fifth of the store is dead.
 */
/** Gives back the space of dead pages. Confined to the writer's thread. */
final class PageRetention {

    /** What share of the dead bytes may stay. */
    private static final double KEPT_DEAD = 0.04;

    /** Below this share of dead bytes in the whole store, no file is rewritten. */
    private static final double WORTHWHILE = 0.005;

    /** Files with whatever share of dead bytes may be rewritten. */
    static final double ANY_SHARE = 0;
    /** Only files with so many dead bytes are rewritten. */
    static final double LARGE_SHARE = 0.2;

    /** A file, and what of it is live. */
    private record Share(PageFile file, int livePages, long liveBytes, long deadBytes) {

        double deadShare() {
            return (double) deadBytes / (liveBytes + deadBytes);
        }

        PageRewriting.Input input() {
            return new PageRewriting.Input(file, livePages, liveBytes);
        }
    }

    private final PageFiles files;
    private final LivePages live;
    private final double leastDeadShare;

    PageRetention(PageFiles files, LivePages live, double leastDeadShare) {
        this.files = files;
        this.live = live;
        this.leastDeadShare = leastDeadShare;
    }

    void run() {
        List<Share> shares = files.view().files().stream().map(this::share).toList();
        List<Share> dead =
                shares.stream().filter(share -> share.livePages() == 0).toList();
        List<Share> mixed =
                shares.stream().filter(share -> share.livePages() > 0).toList();
        drop(dead.stream().map(Share::file).toList());
        new PageRewriting(files, live).run(worthwhile(mixed));
    }

    private void drop(List<PageFile> dead) {
        if (!dead.isEmpty()) {
            files.publish(List.of(), dead);
        }
    }

    private Share share(PageFile file) {
        Counter counter = new Counter();
        VolumeFile open = files.take(file);
        try {
            file.forEachPlace(open, counter::add);
        } finally {
            file.giveBack();
        }
        return new Share(file, counter.livePages, counter.liveBytes, counter.deadBytes);
    }

    private final class Counter {
        private int livePages;
        private long liveBytes;
        private long deadBytes;

        void add(PageFrame.Place place) {
            if (live.contains(place.id())) {
                livePages++;
                liveBytes += place.frameBytes();
            } else {
                deadBytes += place.frameBytes();
            }
        }
    }

    private List<PageRewriting.Input> worthwhile(List<Share> mixed) {
        long dead = mixed.stream().mapToLong(Share::deadBytes).sum();
        if (dead < WORTHWHILE * files.view().bytes()) {
            return List.of();
        }
        List<Share> byShare = new ArrayList<>(mixed);
        byShare.sort(Comparator.comparingDouble(Share::deadShare).reversed());
        List<Share> chosen = new ArrayList<>();
        long left = dead;
        for (Share share : byShare) {
            if (left > KEPT_DEAD * dead && share.deadShare() >= leastDeadShare) {
                chosen.add(share);
                left -= share.deadBytes();
            }
        }
        chosen.sort(Comparator.comparingLong(share -> share.file().number()));
        return chosen.stream().map(Share::input).toList();
    }
}
