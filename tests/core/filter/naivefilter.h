#pragma once

#include "core/filter/filterrow.h"

#include <QJsonValue>
#include <QRandomGenerator>
#include <QString>

#include <memory>
#include <vector>

/** A row with all it refers to, and its JSON as Qt reads it. */
struct NaiveRow
{
    QString room;
    QString event;
    QString from;
    QString key;
    QString node;
    qint64 offset = -1;
    qint64 size = -1;
    qint64 time = -1;
    QByteArray data;
    QByteArray meta;

    [[nodiscard]] dialogue::FilterRow row() const
    {
        return {.room = room,
                .event = event,
                .from = from,
                .key = key,
                .node = node,
                .offset = offset,
                .size = size,
                .time = time,
                .data = data,
                .meta = meta};
    }

    static NaiveRow random(QRandomGenerator &random);
};

/** A filter as a tree, evaluated on QJsonValue, member by member and as simply as can be. */
class NaiveFilter
{
public:
    static NaiveFilter random(QRandomGenerator &random, int depth);

    [[nodiscard]] QString text() const;
    [[nodiscard]] bool matches(const NaiveRow &row) const;

private:
    struct Operand
    {
        QString text;
        QString field; // Empty: a literal.
        QList<QJsonValue> steps = {}; // Names and indexes.
        QJsonValue literal = QJsonValue::Undefined;

        [[nodiscard]] QJsonValue value(const NaiveRow &row) const;
    };

    static Operand randomOperand(QRandomGenerator &random);
    static Operand randomLiteral(QRandomGenerator &random);

    QString m_sign; // ||, &&, !, or an operator; empty: the left operand alone.
    std::vector<NaiveFilter> m_parts;
    Operand m_left;
    QList<Operand> m_right;
};
