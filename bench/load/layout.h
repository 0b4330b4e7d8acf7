#pragma once

namespace dialogue::bench {

/**
 * Who publishes where. A stream is one publisher's events into one room; it has one order, so a subscriber
 * can tell by consecutive numbers whether one is missing. Streams are spread so that every publisher has work
 * and every room an even share: there are max(rooms, publishers) of them.
 */
struct Layout
{
    int rooms = 1;
    int publishers = 1;

    [[nodiscard]] int streams() const
    {
        if (publishers == 0)
            return 0;
        return rooms > publishers ? rooms : publishers;
    }
    [[nodiscard]] int roomOfStream(int stream) const { return stream % rooms; }
    [[nodiscard]] int publisherOfStream(int stream) const { return stream % publishers; }
    [[nodiscard]] int roomOfSubscriber(int subscriber) const { return subscriber % rooms; }
    /** Streams into one room: those with numbers room, room + rooms, room + 2 rooms ... */
    [[nodiscard]] int streamsOfRoom(int room) const
    {
        return streams() <= room ? 0 : (streams() - room - 1) / rooms + 1;
    }
    /** A stream's place among those of its room, from 0. */
    [[nodiscard]] int indexInRoom(int stream) const { return stream / rooms; }
};

} // namespace dialogue::bench
