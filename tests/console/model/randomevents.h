#pragma once

#include "console/model/eventbatch.h"
#include "console/model/eventquery.h"

#include <QRandomGenerator>

#include <vector>

/** A row of the log as it is told in one piece. */
struct NaiveEvent
{
    dialogue::console::RowKind kind = dialogue::console::RowKind::Event;
    quint64 seq = 0;
    qint64 time = -1;
    qint64 offset = -1;
    QString room = {};
    QString event = {};
    QString from = {};
    QString key = {};
    QString node = {};
    QByteArray data = {};
    QByteArray meta = {};
    dialogue::console::GapReason reason = {};
    qint64 gap = 0;

    /** As EventQuery is meant, of the events that are made here. */
    [[nodiscard]] bool matches(const dialogue::console::EventQuery &query) const;
};

/** Makes batches, and keeps what is in them. */
class RandomEvents
{
public:
    explicit RandomEvents(quint32 seed)
        : random(seed)
    { }

    dialogue::console::EventBatch batch(int events);
    dialogue::console::EventBatch gap();

    QRandomGenerator random;
    std::vector<NaiveEvent> all; // By seq.
};
