#include "core/json/cursor.h"
#include "server/config/configfile.h"
#include "tests/fuzz/require.h"

#include <QFile>

#include <algorithm>
#include <cstdio>

using namespace dialogue;

namespace {

/** The schemas of the sample configurations, which are such as people write. */
QList<Schema> samples()
{
    QList<Schema> schemas;
    for (const char *name :
         {DIALOGUE_SOURCE "/resources/dialogue.sample.yaml", DIALOGUE_SOURCE "/bench/server.sample.yaml"}) {
        QFile file(QString::fromLatin1(name));
        fuzz::require(file.open(QIODevice::ReadOnly));
        const ConfigReport report = parseConfig(file.readAll(), file.fileName());
        fuzz::require(report.config.has_value());
        for (const RoomConfig &room : report.config->rooms) {
            for (const EventDefinition &event : room.events) {
                if (!event.schema.isEmpty())
                    schemas.append(event.schema);
            }
        }
    }
    fuzz::require(!schemas.isEmpty());
    return schemas;
}

/** The most steps that data of some length took; told at the end. */
struct Worst
{
    double stepsPerByte = 0;

    Worst() = default;
    ~Worst() { std::fprintf(stderr, "the most steps for a byte: %.2f\n", stepsPerByte); }
    Q_DISABLE_COPY_MOVE(Worst)
};

} // namespace

/** The input is data, right or wrong. However it is made, it takes less than what is free for its bytes. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const QList<Schema> schemas = samples();
    static Worst worst;
    const QByteArrayView text = fuzz::view(data, size);
    if (!json::check(text))
        return 0;
    constexpr qint64 ForTheSchema = 16; // Of data as small as {} each of the members named is missing.
    for (const Schema &schema : schemas) {
        const qint64 taken = schema.stepsFor(JsonData::fromText(text.toByteArray()), 1'000'000'000);
        fuzz::require(taken <= ForTheSchema + text.size());
        if (text.size() >= 50)
            worst.stepsPerByte = std::max(worst.stepsPerByte, double(taken) / double(text.size()));
    }
    return 0;
}
