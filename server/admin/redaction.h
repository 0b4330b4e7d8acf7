#pragma once

#include "server/config/serverconfig.h"

#include <QByteArray>
#include <QJsonValue>
#include <QList>
#include <QStringList>

#include <memory>

namespace dialogue::admin {

/** What becomes of the data of one kind of event before it leaves for a console. Immutable. */
class Redaction
{
public:
    struct Rule
    {
        QStringList path; ///< Members and indexes; "*" is any of them.
        RedactionKind kind = RedactionKind::Mask;

        friend bool operator==(const Rule &, const Rule &) = default;
    };

    explicit Redaction(QList<Rule> rules)
        : m_rules(std::move(rules))
    { }

    [[nodiscard]] const QList<Rule> &rules() const { return m_rules; }
    /** \a json: any value. Hashes are keyed with \a salt. */
    [[nodiscard]] QByteArray applied(const QByteArray &json, const QByteArray &salt) const;

private:
    const QList<Rule> m_rules;
};

using RedactionPtr = std::shared_ptr<const Redaction>; ///< Null: all of it may be seen.

/** The members of a JSON pointer (RFC 6901), decoded. */
[[nodiscard]] QStringList pathOf(const QString &pointer);

/** What \a schema marks by "x-sensitive": true, wherever references lead within it. Where that goes on for
 * ever, or is very much, more is covered rather than less. */
[[nodiscard]] QList<Redaction::Rule> sensitiveOf(const QJsonValue &schema);

/** What stands for \a text where it may not be seen: the same for the same. */
[[nodiscard]] QString pseudonym(const QString &text, const QByteArray &salt);

} // namespace dialogue::admin
