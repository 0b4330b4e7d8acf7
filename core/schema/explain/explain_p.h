#pragma once

#include <QJsonObject>
#include <QJsonValue>
#include <QString>

#include <optional>

namespace dialogue::schema {

/** Where data breaks which rule, in words for people. */
struct Violation
{
    QString path;
    QString message;
};

/**
 * Finds the rule of \a document that \a data breaks; runs only after the validator has said no.
 *
 * \a root is the path of the data itself. Nothing when no broken rule is found.
 */
std::optional<Violation> explain(const QJsonObject &document, const QJsonValue &data, const QString &root);

} // namespace dialogue::schema
