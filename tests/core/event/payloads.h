#pragma once

#include "core/event/typedevent.h"

#include <QDateTime>
#include <QJsonObject>
#include <QStringList>
#include <QUuid>
#include <QVariant>

#include <optional>

/** Written in JSON as a string of its own: "12.50". */
struct Money
{
    qint64 cents = 0;
    bool operator==(const Money &) const = default;
};

struct Item
{
    Q_GADGET
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(double price MEMBER price)
public:
    QString name;
    double price = 0;
    bool operator==(const Item &) const = default;
};

struct ChatMessage
{
    Q_GADGET
    Q_PROPERTY(QString text MEMBER text)
    Q_PROPERTY(std::optional<QString> senderId MEMBER senderId)
public:
    QString text;
    std::optional<QString> senderId;
    bool operator==(const ChatMessage &) const = default;
};

/** A member of every kind. */
struct Order
{
    Q_GADGET
    Q_PROPERTY(bool open MEMBER open)
    Q_PROPERTY(int count MEMBER count)
    Q_PROPERTY(qint64 number MEMBER number)
    Q_PROPERTY(quint16 table MEMBER table)
    Q_PROPERTY(double total MEMBER total)
    Q_PROPERTY(QStringList tags MEMBER tags)
    Q_PROPERTY(QList<int> codes MEMBER codes)
    Q_PROPERTY(Item first MEMBER first)
    Q_PROPERTY(QList<Item> items MEMBER items)
    Q_PROPERTY(State state MEMBER state)
    Q_PROPERTY(QList<State> states MEMBER states)
    Q_PROPERTY(QJsonObject extra MEMBER extra)
    Q_PROPERTY(QJsonValue anything MEMBER anything)
    Q_PROPERTY(QVariant variant MEMBER variant)
    Q_PROPERTY(QDateTime when MEMBER when)
    Q_PROPERTY(QUuid uuid MEMBER uuid)
    Q_PROPERTY(std::optional<int> maybeNumber MEMBER maybeNumber)
    Q_PROPERTY(std::optional<Item> maybeItem MEMBER maybeItem)
    Q_PROPERTY(std::optional<State> maybeState MEMBER maybeState)
    Q_PROPERTY(std::optional<QList<Item>> maybeItems MEMBER maybeItems)
public:
    enum class State : quint8 { Waiting, Cooking, Served = 7 };
    Q_ENUM(State)

    bool open = false;
    int count = 0;
    qint64 number = 0;
    quint16 table = 0;
    double total = 0;
    QStringList tags;
    QList<int> codes;
    Item first;
    QList<Item> items;
    State state = State::Waiting;
    QList<State> states;
    QJsonObject extra;
    QJsonValue anything;
    QVariant variant;
    QDateTime when;
    QUuid uuid;
    std::optional<int> maybeNumber;
    std::optional<Item> maybeItem;
    std::optional<State> maybeState;
    std::optional<QList<Item>> maybeItems;
    bool operator==(const Order &) const = default;
};

struct Tree
{
    Q_GADGET
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(QList<Tree> children MEMBER children)
public:
    QString name;
    QList<Tree> children;
    bool operator==(const Tree &other) const { return name == other.name && children == other.children; }
};

struct Invoice
{
    Q_GADGET
    Q_PROPERTY(Money sum MEMBER sum)
public:
    Money sum;
};

struct Picture
{
    Q_GADGET
    Q_PROPERTY(QByteArray pixels MEMBER pixels)
public:
    QByteArray pixels;
};
