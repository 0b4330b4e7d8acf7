#pragma once

#include "console/look/fieldlist.h"
#include "console/look/tones.h"

#include <QJsonObject>
#include <QList>

namespace dialogue::console {

/** A verdict of the server (docs/admin.md) for people. */
struct VerdictWords
{
    QString title;
    QString hint; ///< What that means, and what can be done.
    Tone tone = Tone::Quiet;
};

/** One that this console does not know is shown as it is. */
[[nodiscard]] VerdictWords verdictWords(const QString &verdict);
/** What it rests on: the members of `evidence`, those that are known first. */
[[nodiscard]] QList<FieldList::Field> evidenceFields(const QJsonObject &evidence);

} // namespace dialogue::console
