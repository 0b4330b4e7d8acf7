#pragma once

#include <QJsonArray>
#include <QJsonValue>
#include <QRegularExpression>
#include <QString>

namespace dialogue::schema {

// The rules both the validator and the explanation apply: one place says what they mean.

/** \a ecma as Qt's engine takes it, bounded in the work one match may cost. */
QRegularExpression toRegularExpression(const QString &ecma);

/** Whether \a value is of the JSON Schema type named \a type. */
bool isOfType(const QJsonValue &value, QStringView type);

bool isWhole(double number);
bool isMultipleOf(double number, double divisor);
bool isUnique(const QJsonArray &items);

/** Unknown formats hold: the draft makes them notes to people. */
bool holdsFormat(const QString &text, QStringView format);
bool isCheckedFormat(QStringView format);

/** Length in code points: a smiley is one character to the people who read the message. */
qsizetype codePoints(QStringView text);

} // namespace dialogue::schema
