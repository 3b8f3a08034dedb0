package dev.argondb.spring.data;

public interface Trucks extends VersionedRepository<Vehicle.Truck, Long> {}
