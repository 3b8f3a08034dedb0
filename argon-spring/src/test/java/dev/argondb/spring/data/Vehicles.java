package dev.argondb.spring.data;

public interface Vehicles extends VersionedRepository<Vehicle, Long> {}
