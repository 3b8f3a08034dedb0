package dev.argondb.orm.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapKey;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.OrderColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.Hibernate;
import org.junit.jupiter.api.Test;

/** One-to-many with and without a join table, many-to-many, from one and from both sides. */
@OnPages
class ToManyAssociationTest extends JpaFeatureTest {
    ToManyAssociationTest() {
        super(
                Album.class,
                Track.class,
                Folder.class,
                Page.class,
                Student.class,
                Course.class,
                Team.class,
                Player.class);
    }

    @Test
    void mappedBy_persistParent_cascadesToTheChildren() {
        Album album = new Album("Blue").with("one", "two", "three");
        save(album);

        inTransaction(session -> {
            Album found = session.find(Album.class, album.id);
            assertThat(Hibernate.isInitialized(found.tracks)).isFalse();
            assertThat(found.tracks).extracting(t -> t.title).containsExactly("two", "three", "one");
        });
    }

    @Test
    void mappedBy_orphanRemoval_deletesWhatLeftTheCollection() {
        Album album = new Album("Blue").with("one", "two", "three");
        save(album);

        inTransaction(session -> session.find(Album.class, album.id).tracks.removeIf(t -> t.title.equals("two")));

        assertThat(list("select t.title from Track t order by t.id", String.class))
                .containsExactly("one", "three");
    }

    @Test
    void mappedBy_mergeDetached_addsUpdatesAndRemoves() {
        Album album = new Album("Blue").with("one", "two");
        save(album);
        Album detached = fromTransaction(session -> {
            Album found = session.find(Album.class, album.id);
            Hibernate.initialize(found.tracks);
            return found;
        });

        detached.tracks.removeIf(t -> t.title.equals("one"));
        detached.tracks.get(0).title = "TWO";
        detached.with("three");
        inTransaction(session -> session.merge(detached));

        assertThat(list("select t.title from Track t order by t.id", String.class))
                .containsExactly("TWO", "three");
    }

    @Test
    void mappedBy_removeParent_removesTheChildren() {
        Album album = new Album("Blue").with("one", "two");
        save(album, new Album("Red").with("other"));

        inTransaction(session -> session.remove(session.find(Album.class, album.id)));

        assertThat(list("select t.title from Track t", String.class)).containsExactly("other");
    }

    @Test
    void mappedBy_refreshAndDetach_cascade() {
        Album album = new Album("Blue").with("one");
        save(album);

        inTransaction(session -> {
            Album found = session.find(Album.class, album.id);
            Track track = found.tracks.get(0);
            track.title = "changed";
            session.refresh(found);
            assertThat(track.title).isEqualTo("one");
            session.detach(found);
            assertThat(session.contains(track)).isFalse();
        });
    }

    @Test
    void joinTable_orderedList_keepsPositions() {
        Folder folder = new Folder("a", "b", "c", "d");
        save(folder);

        inTransaction(session -> {
            List<Page> pages = session.find(Folder.class, folder.id).pages;
            pages.remove(3);
            pages.add(new Page("e"));
            pages.add(new Page("f"));
        });

        assertThat(rows("select fp.pos, p.text from folder_page fp join page p on p.id = fp.page_id order by fp.pos"))
                .containsExactly(List.of(0, "a"), List.of(1, "b"), List.of(2, "c"), List.of(3, "e"), List.of(4, "f"));
    }

    @Test
    void joinColumn_unidirectional_writesTheForeignKeyFromTheParent() {
        Team team = new Team();
        team.players.add(new Player(7, "Ada"));
        team.players.add(new Player(9, "Bob"));
        save(team);

        assertThat(nativeValue("select count(*) from player where team_id = " + team.id, Long.class))
                .isEqualTo(2);
        inTransaction(session -> session.find(Team.class, team.id).players.removeIf(p -> p.number == 7));
        assertThat(rows("select name, team_id from player order by name"))
                .containsExactly(java.util.Arrays.asList("Ada", null), List.of("Bob", team.id));
    }

    @Test
    void mapKey_attributeOfTheElement_keysTheMap() {
        Team team = new Team();
        team.players.add(new Player(7, "Ada"));
        team.players.add(new Player(9, "Bob"));
        save(team);

        inTransaction(session -> {
            Map<Integer, Player> byNumber = session.find(Team.class, team.id).byNumber;
            assertThat(byNumber).containsOnlyKeys(7, 9);
            assertThat(byNumber.get(9).name).isEqualTo("Bob");
        });
    }

    @Test
    void manyToMany_bothSides_seeTheSameLinks() {
        Course maths = new Course("maths");
        Course art = new Course("art");
        Student ada = new Student("Ada", maths, art);
        Student bob = new Student("Bob", maths);
        save(maths, art, ada, bob);

        inTransaction(session -> {
            assertThat(session.find(Course.class, maths.id).students)
                    .extracting(s -> s.name)
                    .containsExactlyInAnyOrder("Ada", "Bob");
            assertThat(session.find(Student.class, ada.id).courses)
                    .extracting(c -> c.name)
                    .containsExactlyInAnyOrder("maths", "art");
        });
    }

    @Test
    void manyToMany_removeLink_leavesBothEnds() {
        Course maths = new Course("maths");
        Course art = new Course("art");
        Student ada = new Student("Ada", maths, art);
        save(maths, art, ada);
        sql().clear();

        inTransaction(session -> session.find(Student.class, ada.id).courses.removeIf(c -> c.name.equals("art")));

        assertThat(sql().startingWith("delete")).hasSize(1);
        assertThat(nativeValue("select count(*) from student_course", Long.class))
                .isEqualTo(1);
        assertThat(count(Course.class)).isEqualTo(2);
    }

    @Test
    void manyToMany_removeOwner_removesItsLinks() {
        Course maths = new Course("maths");
        Student ada = new Student("Ada", maths);
        save(maths, ada, new Student("Bob", maths));

        inTransaction(session -> session.remove(session.find(Student.class, ada.id)));

        assertThat(nativeValue("select count(*) from student_course", Long.class))
                .isEqualTo(1);
        assertThat(single("select size(c.students) from Course c", Integer.class))
                .isEqualTo(1);
    }

    @Test
    void collectionPredicates_memberOfEmptyAndExists_select() {
        Course maths = new Course("maths");
        Course art = new Course("art");
        save(maths, art, new Student("Ada", maths), new Student("Eve"));

        assertThat(list("select s.name from Student s where s.courses is empty", String.class))
                .containsExactly("Eve");
        assertThat(list(
                        "select c.name from Course c where exists (select 1 from Student s where c member of s.courses)",
                        String.class))
                .containsExactly("maths");
    }

    @Entity(name = "Album")
    static class Album {
        @Id
        @GeneratedValue
        Long id;

        String name;

        @OneToMany(mappedBy = "album", cascade = CascadeType.ALL, orphanRemoval = true)
        @OrderBy("title desc")
        List<Track> tracks = new ArrayList<>();

        Album() {}

        Album(String name) {
            this.name = name;
        }

        Album with(String... titles) {
            for (String title : titles) {
                tracks.add(new Track(this, title));
            }
            return this;
        }
    }

    @Entity(name = "Track")
    static class Track {
        @Id
        @GeneratedValue
        Long id;

        @ManyToOne(optional = false)
        Album album;

        String title;

        Track() {}

        Track(Album album, String title) {
            this.album = album;
            this.title = title;
        }
    }

    @Entity(name = "Folder")
    static class Folder {
        @Id
        @GeneratedValue
        Long id;

        @OneToMany(cascade = CascadeType.PERSIST)
        @JoinTable(
                name = "folder_page",
                joinColumns = @JoinColumn(name = "folder_id"),
                inverseJoinColumns = @JoinColumn(name = "page_id"))
        @OrderColumn(name = "pos")
        List<Page> pages = new ArrayList<>();

        Folder() {}

        Folder(String... texts) {
            for (String text : texts) {
                pages.add(new Page(text));
            }
        }
    }

    @Entity(name = "Page")
    static class Page {
        @Id
        @GeneratedValue
        Long id;

        String text;

        Page() {}

        Page(String text) {
            this.text = text;
        }
    }

    @Entity(name = "Team")
    static class Team {
        @Id
        @GeneratedValue
        Long id;

        @OneToMany(cascade = CascadeType.PERSIST)
        @JoinColumn(name = "team_id")
        Set<Player> players = new HashSet<>();

        @OneToMany
        @JoinColumn(name = "team_id", insertable = false, updatable = false)
        @MapKey(name = "number")
        Map<Integer, Player> byNumber = new HashMap<>();
    }

    @Entity(name = "Player")
    static class Player {
        @Id
        @GeneratedValue
        Long id;

        @jakarta.persistence.Column(name = "shirt")
        int number;

        String name;

        Player() {}

        Player(int number, String name) {
            this.number = number;
            this.name = name;
        }
    }

    @Entity(name = "Student")
    static class Student {
        @Id
        @GeneratedValue
        Long id;

        String name;

        @ManyToMany
        @JoinTable(name = "student_course")
        Set<Course> courses = new HashSet<>();

        Student() {}

        Student(String name, Course... courses) {
            this.name = name;
            this.courses.addAll(List.of(courses));
        }
    }

    @Entity(name = "Course")
    static class Course {
        @Id
        @GeneratedValue
        Long id;

        String name;

        @ManyToMany(mappedBy = "courses")
        Set<Student> students = new HashSet<>();

        Course() {}

        Course(String name) {
            this.name = name;
        }
    }
}
