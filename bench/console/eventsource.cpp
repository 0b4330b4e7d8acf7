#include "bench/console/eventsource.h"

#include <chrono>

namespace dialogue::bench {

using namespace Qt::StringLiterals;

console::EventBatch EventMaker::batch(int events)
{
    constexpr int Rooms = 100;
    constexpr int Users = 1000;
    constexpr qsizetype Size = 175;
    console::EventBatch batch{.names = {u"bid"_s, u"ask"_s, u"message"_s, u"typing"_s}};
    const int firstRoom = int(batch.names.size());
    for (int i = 0; i < Rooms; ++i)
        batch.names.append(u"auction-%1"_s.arg(i));
    const int firstUser = int(batch.names.size());
    for (int i = 0; i < Users; ++i)
        batch.names.append(u"u-%1"_s.arg(i));
    batch.records.reserve(std::size_t(events));
    for (int i = 0; i < events; ++i, ++m_made) {
        QByteArray data = "{\"price\":" + QByteArray::number(m_made % 1000) + ",\"lot\":\"lot-"
            + QByteArray::number(m_made % 50) + "\",\"note\":\"" + QByteArray::number(m_made) + ' ';
        data += QByteArray(Size - data.size() - 2, char('a' + m_made % 26)) + "\"}";
        console::EventRecord record{.time = 1'796'000'000'000 + m_made / 10, .offset = m_made};
        record.room = firstRoom + int(m_made % Rooms);
        record.event = int(m_made % 4);
        record.from = firstUser + int(m_made * 7 % Users);
        record.place = batch.payloads.size();
        record.length = quint32(data.size());
        record.flags = console::HasData;
        batch.payloads += data;
        batch.records.push_back(record);
    }
    return batch;
}

EventSource::EventSource(int rate, int seconds, Take take)
    : m_thread([this, rate, seconds, take = std::move(take)] {
        constexpr auto Pause = std::chrono::milliseconds(50);
        const int batches = seconds * int(std::chrono::seconds(1) / Pause);
        EventMaker maker;
        auto next = std::chrono::steady_clock::now();
        for (int i = 0; i < batches && !m_ends; ++i) {
            take(maker.batch(int(rate * Pause / std::chrono::seconds(1))));
            std::this_thread::sleep_until(next += Pause);
        }
    })
{ }

EventSource::~EventSource()
{
    m_ends = true;
    m_thread.join();
}

} // namespace dialogue::bench
