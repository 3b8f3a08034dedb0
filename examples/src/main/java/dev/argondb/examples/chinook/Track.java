package dev.argondb.examples.chinook;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the store sells: a song, or an episode of a show. Confined to its persistence context. */
@Entity
public class Track {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "track_seq")
    @SequenceGenerator(name = "track_seq", allocationSize = 50)
    private int id;

    @Column(length = 200, nullable = false)
    private String name;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    private Album album;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    private MediaType mediaType;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    private Genre genre;

    @Column(length = 220)
    private @Nullable String composer;

    private int milliseconds;

    private int bytes;

    @Column(precision = 10, scale = 2, nullable = false)
    private BigDecimal unitPrice;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected Track() {}

    public Track(String name, Album album, MediaType mediaType, Genre genre, BigDecimal unitPrice) {
        this.name = name;
        this.album = album;
        this.mediaType = mediaType;
        this.genre = genre;
        this.unitPrice = unitPrice;
    }

    public int getId() {
        return id;
    }

    public String getName() {
        return name;
    }

    public Album getAlbum() {
        return album;
    }

    public MediaType getMediaType() {
        return mediaType;
    }

    public Genre getGenre() {
        return genre;
    }

    public @Nullable String getComposer() {
        return composer;
    }

    public void setComposer(@Nullable String composer) {
        this.composer = composer;
    }

    public Duration getLength() {
        return Duration.ofMillis(milliseconds);
    }

    /** Sets what its file is like: its playing time, and its size in bytes. */
    public void setFile(Duration length, int bytes) {
        this.milliseconds = Math.toIntExact(length.toMillis());
        this.bytes = bytes;
    }

    public int getBytes() {
        return bytes;
    }

    public BigDecimal getUnitPrice() {
        return unitPrice;
    }

    public void setUnitPrice(BigDecimal unitPrice) {
        this.unitPrice = unitPrice;
    }
}
