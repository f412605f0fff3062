package com.example.tail;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

import io.mooring.codec.FrameDecoder;
import io.mooring.codec.FrameException;
import io.mooring.codec.Framing;

/**
 * Messages with their length (2 bytes) and CRC-32 (4 bytes) in front.
 */
public class CrcFraming implements Framing {

	private static final int HEADER = 6;

	@Override
	public byte[] encode(byte[] message) {
		return ByteBuffer.allocate(HEADER + message.length)
			.putShort((short) message.length)
			.putInt(crc(message))
			.put(message)
			.array();
	}

	@Override
	public FrameDecoder newDecoder(int maxSize) {
		return FrameDecoder.of(maxSize, CrcFraming::read);
	}

	private static byte[] read(ByteBuffer bytes) {
		if (bytes.remaining() < HEADER) {
			return null;
		}
		byte[] message = new byte[bytes.getShort() & 0xffff];
		int crc = bytes.getInt();
		if (bytes.remaining() < message.length) {
			return null;
		}
		bytes.get(message);
		if (crc(message) != crc) {
			throw new FrameException("the frame has a wrong CRC");
		}
		return message;
	}

	private static int crc(byte[] message) {
		CRC32 crc = new CRC32();
		crc.update(message);
		return (int) crc.getValue();
	}

}
