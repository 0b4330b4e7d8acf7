#pragma once

#include "server/config/field.h"
#include "server/config/node.h"
#include "server/config/values.h"

#include <QJsonObject>

namespace dialogue::config {

// Who may do what, in rooms and with them: `{roles: [editor]}`, or a word.

/** The members `rules` of a room. */
Fields<RoomConfig> ruleFields();

/** Where it stands is its line, until placeIn() says of which file. */
std::variant<FieldValue, WrongValue> readWho(const FieldInfo &field, const Node &node);
/** For all events, or by event. */
std::variant<FieldValue, WrongValue> readEventRules(const FieldInfo &field, const Node &node);

void placeIn(const QString &fileName, Who &who);
void placeIn(const QString &fileName, RoomRules &rules);
/** Whether somebody has to vouch for users. */
bool needsVouching(const RoomRules &rules);

QString whoExpectation(const FieldInfo &field);
QString eventRulesExpectation(const FieldInfo &field);
QString toYaml(const Who &who);
QString toYaml(const EventRules &rules);
QJsonObject shapeOfWho(const FieldInfo &field); ///< As JSON Schema.
QJsonObject shapeOfEventRules(const FieldInfo &field);

} // namespace dialogue::config
