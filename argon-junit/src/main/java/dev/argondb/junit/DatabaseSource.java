package dev.argondb.junit;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * Where the database of a test comes from. Equal sources share one database in a test run.
 *
 * <p>Immutable.
 */
sealed interface DatabaseSource {

    /** A source that is opened once in a test run. */
    sealed interface OfRun extends DatabaseSource {}

    /** A location, such as {@code mem:shop}. */
    record Location(String location) implements OfRun {}

    /** A static field or method annotated with {@link ArgonDatabase}. */
    record Supplier(Member member) implements OfRun {}

    /** A framework around the test. */
    record Framework(TestDatabases databases) implements DatabaseSource {}

    /** The prefix of URLs. */
    String URL_PREFIX = "jdbc:argon:";

    /** Returns the source that a URL or location names. */
    static OfRun ofUrl(String url) {
        String location = url.startsWith(URL_PREFIX) ? url.substring(URL_PREFIX.length()) : url;
        if (location.indexOf('?') >= 0) {
            throw new ExtensionConfigurationException(
                    "`url = \"" + url + "\"` of @ArgonBranch has parameters; give the database"
                            + " alone, and the branch to start from as `from`");
        }
        return new Location(location);
    }

    /** The {@link ArgonDatabase} members of classes and their superclasses. */
    ClassValue<List<Member>> MEMBERS = new ClassValue<>() {
        @Override
        protected List<Member> computeValue(Class<?> type) {
            return members(type);
        }
    };

    private static List<Member> members(Class<?> type) {
        List<Member> members = new ArrayList<>();
        members.addAll(AnnotationSupport.findAnnotatedFields(type, ArgonDatabase.class));
        members.addAll(
                AnnotationSupport.findAnnotatedMethods(type, ArgonDatabase.class, HierarchyTraversalMode.BOTTOM_UP));
        return List.copyOf(members);
    }

    /** Returns the {@link ArgonDatabase} member of a class or its superclasses, or null. */
    static @Nullable DatabaseSource declaredBy(Class<?> type) {
        List<Member> members = MEMBERS.get(type);
        if (members.size() > 1) {
            throw new ExtensionConfigurationException(
                    "`" + type.getName() + "` has " + members.size() + " @ArgonDatabase members; keep one");
        }
        return members.isEmpty() ? null : new Supplier(requireStatic(members.get(0)));
    }

    private static Member requireStatic(Member member) {
        boolean hasParameters = member instanceof Method method && method.getParameterCount() > 0;
        if (!Modifier.isStatic(member.getModifiers()) || hasParameters) {
            throw new ExtensionConfigurationException(
                    "@ArgonDatabase member `" + member.getDeclaringClass().getName() + "." + member.getName()
                            + "` must be a static field, or a static method without parameters");
        }
        return member;
    }

    /** Reads or calls an {@link ArgonDatabase} member. */
    static @Nullable Object supply(Member member) {
        try {
            if (member instanceof Field field) {
                field.setAccessible(true);
                return field.get(null);
            }
            Method method = (Method) member;
            method.setAccessible(true);
            return method.invoke(null);
        } catch (InvocationTargetException e) {
            throw new ExtensionConfigurationException(
                    "@ArgonDatabase method `" + member.getName() + "` failed: " + e.getCause(), e.getCause());
        } catch (IllegalAccessException e) {
            throw new ExtensionConfigurationException(
                    "cannot reach @ArgonDatabase member `" + member.getName() + "`", e);
        }
    }
}
