package dev.argondb.examples.chinook;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.SequenceGenerator;
import java.util.LinkedHashSet;
import java.util.Set;

/** A named choice of tracks; a track is in many of them. Confined to its persistence context. */
@Entity
public class Playlist {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "playlist_seq")
    @SequenceGenerator(name = "playlist_seq", allocationSize = 50)
    private int id;

    @Column(length = 120, nullable = false)
    private String name;

    @ManyToMany
    @OrderBy("id")
    private Set<Track> tracks = new LinkedHashSet<>();

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected Playlist() {}

    public Playlist(String name) {
        this.name = name;
    }

    public int getId() {
        return id;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public Set<Track> getTracks() {
        return tracks;
    }
}
