#pragma once

#include "server/config/configfile.h"
#include "server/types/typemodel.h"

/** What a configuration comes to; stops where it is wrong. */
inline dialogue::ConfigReport readFor(const QByteArray &yaml,
                                      const QString &fileName = QStringLiteral("c.yaml"))
{
    dialogue::ConfigReport report = dialogue::parseConfig(yaml, fileName);
    if (!report.config) {
        for (const dialogue::ConfigIssue &issue : std::as_const(report.issues))
            qWarning("%s", qPrintable(issue.text()));
        qFatal("The configuration of this test is wrong");
    }
    return report;
}

inline dialogue::types::TypeModel modelOf(const QByteArray &yaml)
{
    const dialogue::ConfigReport report = readFor(yaml);
    return dialogue::types::typesOf(*report.config, report.schemas);
}

/** A configuration whose room "r" has the event "e" with \a schema, in JSON. */
inline QByteArray withSchema(const QByteArray &schema)
{
    return "rooms: {r: {events: [{name: e, schema: " + schema + "}]}}";
}
