#include "core/json/cursor.h"
#include "core/json/parsed.h"
#include "core/protocol/admin/eventbatch.h"
#include "tests/fuzz/require.h"

#include <QJsonArray>

using namespace dialogue;
using protocol::admin::EventBatch;

/** The first line of the input is the JSON of a batch, the rest its attachment. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray input = fuzz::view(data, size).toByteArray();
    const qsizetype end = input.indexOf('\n');
    const QByteArray text = end < 0 ? input : input.left(end);
    if (!json::check(text))
        return 0;
    const QJsonValue json = json::parsed('[' + text + ']').array().at(0);
    const QList<QByteArray> attachments
        = end < 0 ? QList<QByteArray>() : QList<QByteArray>{input.mid(end + 1)};
    const auto batch = EventBatch::read(json, attachments);
    if (!batch) {
        fuzz::require(!batch.error().message.isEmpty());
        return 0;
    }
    // Whatever is read may be looked at.
    qint64 place = 0;
    for (const auto &row : batch->rows) {
        fuzz::require(row.room < batch->names.size() && row.event < batch->names.size()
                      && row.from < batch->names.size());
        place += row.dataSize + row.metaSize;
    }
    fuzz::require(place == batch->payloads.size());
    const QByteArray written = batch->write();
    fuzz::require(json::check(written).has_value());
    const auto again = EventBatch::read(json::parsed('[' + written + ']').array().at(0),
                                        batch->payloads.isEmpty() ? QList<QByteArray>()
                                                                  : QList<QByteArray>{batch->payloads});
    fuzz::require(again && *again == *batch);
    return 0;
}
