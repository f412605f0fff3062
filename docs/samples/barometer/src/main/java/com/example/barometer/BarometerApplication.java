package com.example.barometer;

import java.nio.charset.StandardCharsets;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.integration.annotation.ServiceActivator;
import org.springframework.messaging.Message;

import io.mooring.DatagramConnection;

/**
 * Passes each line of a weather station on to a display.
 */
@SpringBootApplication
public class BarometerApplication {

	private final DatagramConnection display;

	BarometerApplication(DatagramConnection display) {
		this.display = display;
	}

	@ServiceActivator(inputChannel = "station.in")
	void on(Message<byte[]> line) {
		String pressure = new String(line.getPayload(), StandardCharsets.UTF_8);
		this.display.send((pressure + " hPa").getBytes(StandardCharsets.UTF_8));
	}

	public static void main(String[] args) {
		SpringApplication.run(BarometerApplication.class, args);
	}

}
