#pragma once

#include <QJsonValue>
#include <QString>
#include <QStringList>
#include <QStringView>

/** Texts of a configuration in the source of a program, out of which they do not get. */
namespace dialogue::types {

/** A literal of TypeScript, in double quotes. */
[[nodiscard]] QString typeScriptString(QStringView text);
/** What matches texts like \a pattern, where "*" stands for any characters: `game-${string}`. */
[[nodiscard]] QString typeScriptPattern(QStringView pattern);
/** A literal of C++, u"". */
[[nodiscard]] QString cppString(QStringView text);

/** A comment before what stands at \a indent; empty where there is nothing to say. */
[[nodiscard]] QString comment(const QStringList &paragraphs, const QString &indent = {});

} // namespace dialogue::types
