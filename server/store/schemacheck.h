#pragma once

#include "core/base/result.h"
#include "core/event/eventdefinition.h"
#include "server/export.h"

#include <QList>
#include <QString>

#include <functional>

namespace dialogue::store {

/** A stored event that does not fit the schema that is declared for it. */
struct SchemaMisfit
{
    QString roomId;
    quint64 offset = 0;
    QString event;
    Error why; ///< Its first fault says the place and the rule.
};

struct SchemaReport
{
    qint64 events = 0; ///< That were held to a schema.
    qint64 undeclared = 0; ///< Of rooms, or of names, that nobody declares.
    qint64 misfits = 0;
    QList<SchemaMisfit> first = {}; ///< Of them, up to MostShown.

    static constexpr qsizetype MostShown = 20;
};

/** What a room carries; empty: nobody declares it. \a isOfClient: a client has made it. */
using DeclaredEvents = std::function<QList<EventDefinition>(const QString &roomId, bool isOfClient)>;
using CheckProgress = std::function<void(qint64 looked, qint64 all)>; ///< Events.

/** Holds all that a store has to what is \a declared now; also while a server runs. A thousand events are in
 * memory at most, and nothing is held up for longer than they take. The Error: there is no such file, or it
 * is none. */
DIALOGUE_SERVER_EXPORT Result<SchemaReport> holdToSchemas(const QString &path, const DeclaredEvents &declared,
                                                          const CheckProgress &progress = {});

} // namespace dialogue::store
