#pragma once

#include "console/details/eventdetails.h"

namespace dialogue::console::samples {

inline EventFacts bid(const QByteArray &data, qint64 offset = 4711)
{
    return {.seq = quint64(offset),
            .time = 1'796'026'500'123,
            .offset = offset,
            .size = data.size(),
            .room = QStringLiteral("auction-17"),
            .event = QStringLiteral("bid"),
            .from = QStringLiteral("u-1042"),
            .flags = HasData,
            .data = data};
}

inline const QByteArray Bid
    = R"({"lot":"lot-23","price":1250.5,"currency":"EUR","bidder":{"name":"Ada Lovelace","verified":true,"tags":["regular","phone"]},"note":null,"picture":{"_placeholder":true,"num":0}})";
inline const QByteArray BidBefore
    = R"({"lot":"lot-23","price":1200,"currency":"EUR","bidder":{"name":"Grace Hopper","verified":true,"tags":["regular"]},"reserve":true,"note":null})";

inline Schema bidSchema()
{
    return Schema::object(
        {{"lot", Schema::string()},
         {"price", Schema::number().max(1000)},
         {"currency", Schema::enumeration({QStringLiteral("GBP"), QStringLiteral("USD")})}});
}

} // namespace dialogue::console::samples
