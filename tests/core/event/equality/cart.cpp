// A gadget with other gadgets as members, as moc takes it; equality.cmake compiles it with their operator==
// and without.
#include <dialogue/core/event/typedevent.h>

namespace shop {

struct Item
{
    Q_GADGET
    Q_PROPERTY(QString name MEMBER name)
public:
    QString name;
    bool operator==(const Item &) const = default;
};

struct Cart
{
    Q_GADGET
    Q_PROPERTY(MEMBER_TYPE content MEMBER content)
public:
    MEMBER_TYPE content;
};

} // namespace shop

const auto changed = dialogue::defineEvent<shop::Cart>("changed");

#include "cart.moc"
