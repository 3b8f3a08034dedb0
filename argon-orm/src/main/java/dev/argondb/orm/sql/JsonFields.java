package dev.argondb.orm.sql;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.h2.message.DbException;
import org.h2.util.json.JSONArray;
import org.h2.util.json.JSONBoolean;
import org.h2.util.json.JSONByteArrayTarget;
import org.h2.util.json.JSONNumber;
import org.h2.util.json.JSONObject;
import org.h2.util.json.JSONString;
import org.h2.util.json.JSONStringSource;
import org.h2.util.json.JSONValue;
import org.h2.util.json.JSONValueTarget;

/**
 * JSON objects as documents of BSON, so that they are merged member by member, and back. Stateless, thread-safe.
 *
 * <p>An object that BSON cannot say exactly (a number of more than 34 digits, a name twice) stays text.
 */
final class JsonFields {

    private JsonFields() {}

    /** JSON that BSON cannot say. */
    private static final class InexactException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Returns the document of a text that is a JSON object, else the text. */
    static BsonValue read(BsonValue text) {
        if (!text.isString() || !text.asString().getValue().startsWith("{")) {
            return text;
        }
        try {
            return document(JSONStringSource.parse(text.asString().getValue(), new JSONValueTarget()));
        } catch (InexactException | DbException e) {
            return text;
        }
    }

    private static BsonValue document(JSONValue value) {
        if (value instanceof JSONObject object) {
            return object(object);
        } else if (value instanceof JSONArray array) {
            BsonArray values = new BsonArray();
            for (JSONValue member : array.getArray()) {
                values.add(document(member));
            }
            return values;
        } else if (value instanceof JSONString text) {
            return new BsonString(text.getString());
        } else if (value instanceof JSONNumber number) {
            return number(number.getBigDecimal());
        } else if (value instanceof JSONBoolean truth) {
            return BsonBoolean.valueOf(truth.getBoolean());
        }
        return BsonNull.VALUE;
    }

    private static BsonDocument object(JSONObject object) {
        BsonDocument document = new BsonDocument();
        for (Map.Entry<String, JSONValue> member : object.getMembers()) {
            boolean isNameOfBson = member.getKey().indexOf('\0') < 0;
            if (!isNameOfBson || document.put(member.getKey(), document(member.getValue())) != null) {
                throw new InexactException();
            }
        }
        return document;
    }

    private static BsonValue number(BigDecimal value) {
        try {
            Decimal128 number = new Decimal128(value);
            if (number.bigDecimalValue().equals(value)) {
                return new BsonDecimal128(number);
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw (InexactException) new InexactException().initCause(e);
        }
        throw new InexactException();
    }

    /** Returns the JSON text of a document that {@link #read} made, else the value as it is. */
    static BsonValue write(BsonValue value) {
        if (!value.isDocument()) {
            return value;
        }
        JSONByteArrayTarget target = new JSONByteArrayTarget();
        write(value, target);
        return new BsonString(new String(target.getResult(), StandardCharsets.UTF_8));
    }

    private static void write(BsonValue value, JSONByteArrayTarget target) {
        switch (value.getBsonType()) {
            case DOCUMENT -> {
                target.startObject();
                value.asDocument().forEach((name, member) -> {
                    target.member(name);
                    write(member, target);
                });
                target.endObject();
            }
            case ARRAY -> {
                target.startArray();
                value.asArray().forEach(member -> write(member, target));
                target.endArray();
            }
            case STRING -> target.valueString(value.asString().getValue());
            case BOOLEAN -> {
                if (value.asBoolean().getValue()) {
                    target.valueTrue();
                } else {
                    target.valueFalse();
                }
            }
            case DECIMAL128 ->
                target.valueNumber(value.asDecimal128().getValue().bigDecimalValue());
            case INT32, INT64 ->
                target.valueNumber(BigDecimal.valueOf(value.asNumber().longValue()));
            case DOUBLE ->
                target.valueNumber(BigDecimal.valueOf(value.asDouble().getValue()));
            default -> target.valueNull();
        }
    }
}
