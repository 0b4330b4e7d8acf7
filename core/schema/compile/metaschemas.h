#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace dialogue::schema {

/** The specification's own schema with the absolute \a uri: of draft 7, of 2020-12, or of a vocabulary of the
 * latter. */
std::optional<QByteArray> metaSchema(const QString &uri);

} // namespace dialogue::schema
