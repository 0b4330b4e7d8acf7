#pragma once

#include <dialogue/core/event/typedevent.h>

/**
 * What the server and its clients tell one another, declared once. Rename or retype a member, and every
 * program that sends or reads it the old way does not compile any more; a program built before that is
 * refused by the schema, which is made from this as well.
 */
struct Bid
{
    Q_GADGET
    Q_PROPERTY(QString bidder MEMBER bidder)
    Q_PROPERTY(int amount MEMBER amount)
public:
    QString bidder;
    int amount = 0;
};

inline dialogue::TypedEvent<Bid> bidEvent()
{
    using dialogue::Schema;
    return dialogue::defineEvent<Bid>("bid", Schema::object({{"amount", Schema::integer().min(1)}}));
}
