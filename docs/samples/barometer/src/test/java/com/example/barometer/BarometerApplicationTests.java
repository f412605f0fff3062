package com.example.barometer;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.mooring.StreamListener;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(properties = "mooring.connections.station.port=0")
class BarometerApplicationTests {

	static DatagramSocket display;

	@Autowired
	StreamListener station;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) throws IOException {
		display = new DatagramSocket(0, InetAddress.getLoopbackAddress());
		display.setSoTimeout(10_000);
		int port = display.getLocalPort();
		registry.add("mooring.connections.display.url", () -> "udp://127.0.0.1:" + port);
	}

	@AfterAll
	static void close() {
		display.close();
	}

	@Test
	void showsThePressure() throws IOException {
		InetSocketAddress address = (InetSocketAddress) this.station.getLocalAddress();
		try (Socket client = new Socket(address.getAddress(), address.getPort())) {
			client.getOutputStream().write("1013\n".getBytes(StandardCharsets.UTF_8));
			DatagramPacket packet = new DatagramPacket(new byte[100], 100);
			display.receive(packet);
			String shown = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
			assertThat(shown).isEqualTo("1013 hPa");
		}
	}

}
