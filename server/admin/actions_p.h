#pragma once

#include "server/admin/actions.h"

namespace dialogue::admin {

/** What a filter may choose of an action's values: `where` in place of that one. */
struct FilledBy
{
    QLatin1StringView name = {}; ///< Empty: nothing.
    bool isOfParticipants = false; ///< Of clients those in the action's room.

    [[nodiscard]] bool isRoom() const { return name == QLatin1StringView("roomId"); }
};

struct Actions::Action
{
    QString name;
    Permission needs;
    QList<api::ParameterInfo> parameters; ///< All in one object, wherever they stand over HTTP.
    std::function<void(const api::Caller &, const api::Values &, const Done &)> run;
    bool isOfAllRooms = false;
    bool isSigned = false;
    bool counts = false; ///< Asked for a dry run it says itself how many.
    FilledBy filled = {};
    std::function<void()> afterwards = {}; ///< Once it is answered.
};

/** Among \a parameters; -1: there is none of that name. */
[[nodiscard]] qsizetype placeOf(const QList<api::ParameterInfo> &parameters, QLatin1StringView name);

/** One request that is being done. */
struct Actions::Run
{
    Key key;
    Account account;
    const Action *action;
    QJsonObject note;
    /** How often, and with what: of one that a filter is for, all with the same but for whom. */
    std::size_t count = 0;
    std::function<api::Values(std::size_t)> valuesAt = {};
    bool isSingle = true;
    QStringList targets = {}; ///< Of one that a filter is for; the others have results.
    std::function<bool(const QString &target)> isStillWanted = {}; ///< Asked at the turn of each of them.
    std::size_t next = 0;
    QList<QByteArray> results = {}; ///< With targets, of what failed the first.
    Result<Reply> only = Reply(); ///< Of the single one.
    int failed = 0;
    int skipped = 0; ///< Of targets those that were not wanted any more.
    std::shared_ptr<const void> place = {}; ///< Among those that a filter is for.
};

} // namespace dialogue::admin
