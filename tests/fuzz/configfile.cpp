#include "server/config/configfile.h"
#include "tests/fuzz/require.h"

using namespace dialogue;

/** The input is a configuration file. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const ConfigReport report
        = parseConfig(fuzz::view(data, size).toByteArray(), QStringLiteral("config.yaml"));
    if (!report.config) {
        fuzz::require(!report.issues.isEmpty());
        return 0;
    }
    for (const RoomConfig &room : report.config->rooms)
        fuzz::require(room.check().has_value());
    return 0;
}
