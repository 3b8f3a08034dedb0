package dev.argondb.examples.shop.versions;

import dev.argondb.Argon;
import dev.argondb.ArgonException;
import dev.argondb.Branch;
import dev.argondb.Commit;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.UnknownRefException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** The branches that somebody may see, and what can be done with them. */
@Service
public class ShopBranches {

    private final Argon argon;
    private final PrivateBranches rule;
    private final Clock clock;

    ShopBranches(Argon argon, PrivateBranches rule, Clock clock) {
        this.argon = argon;
        this.rule = rule;
        this.clock = clock;
    }

    /** A branch for people; the last commit may have been made on the branch it comes from. */
    public record BranchView(String name, String parent, String lastChange, String lastAuthor, String lastTime) {}

    /** Returns the names of the branches that somebody may see. */
    public List<String> names(Shopper shopper) {
        return visible(shopper).stream().map(Branch::name).toList();
    }

    /** Returns the branches that somebody may see. */
    public List<BranchView> list(Shopper shopper) {
        return visible(shopper).stream().map(this::view).toList();
    }

    private List<Branch> visible(Shopper shopper) {
        return argon.branches().stream()
                .filter(branch -> rule.permits(shopper, new Ref.Head(branch.name())))
                .toList();
    }

    private BranchView view(Branch branch) {
        String parent = branch.parentId().map(this::nameOf).orElse("");
        return argon.commits(new Ref.Head(branch.name()), 1).stream()
                .findFirst()
                .map(commit -> view(branch, parent, commit))
                .orElseGet(() -> new BranchView(branch.name(), parent, "", "", ""));
    }

    private static BranchView view(Branch branch, String parent, Commit commit) {
        return new BranchView(branch.name(), parent, commit.message(), commit.author(), View.text(commit.time()));
    }

    private String nameOf(long id) {
        return argon.branches().stream()
                .filter(branch -> branch.id() == id)
                .map(Branch::name)
                .findFirst()
                .orElse("");
    }

    /** Creates a branch at what is named. */
    public void create(Shopper shopper, String name, String from) {
        shopper.requireStaff();
        argon.createBranch(name.strip(), visibleRef(shopper, from).toString());
    }

    /** Deletes a branch; nothing that another branch needs is lost. */
    public void delete(Shopper shopper, String name) {
        shopper.requireStaff();
        if (name.equals(Argon.MAIN)) {
            throw new IllegalArgumentException("The branch `main` is what customers see; it stays.");
        }
        argon.deleteBranch(name);
    }

    /**
     * Returns what somebody asks to see.
     *
     * @param moment a time in UTC as the form has it; empty for now
     * @throws IllegalArgumentException in words for people, if it cannot be seen
     */
    public View choose(Shopper shopper, String branch, String moment) {
        Ref ref = moment.isBlank() ? Ref.parse(branch) : new Ref.AtTime(branch, parse(moment));
        Ref visible = visibleRef(shopper, ref.toString());
        if (resolve(visible).isEmpty()) {
            throw new IllegalArgumentException("There was nothing on `" + branch + "` yet at that time.");
        }
        return View.of(visible);
    }

    /** Returns whether a ref can be shown: it exists, and somebody may see it. */
    public boolean canSee(Shopper shopper, String ref) {
        try {
            visibleRef(shopper, ref);
            return true;
        } catch (ArgonException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Returns a ref that exists and that somebody may see. */
    public Ref visibleRef(Shopper shopper, String text) {
        Ref ref = Ref.parse(text);
        if (!rule.permits(shopper, ref)) {
            throw new IllegalArgumentException("`" + ref + "` is for staff only.");
        }
        resolve(ref);
        return ref;
    }

    /** Argon's own words would name the nearest branches, among them some that are not for everybody. */
    private Optional<Lsn> resolve(Ref ref) {
        try {
            return argon.resolve(ref);
        } catch (UnknownRefException e) {
            throw new IllegalArgumentException("There is no `" + ref + "`; choose one of the branches in the list.", e);
        }
    }

    private Instant parse(String moment) {
        Instant time;
        try {
            time = LocalDateTime.parse(moment).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("`" + moment + "` is not a date and time such as 2026-11-28T16:30.", e);
        }
        if (time.isAfter(clock.instant())) {
            throw new IllegalArgumentException(
                    "The time " + View.text(time) + " has not come yet. Only the past can be looked at.");
        }
        return time;
    }
}
