package dev.argondb.junit;

/** Says in the report of a failed test where its data is: added to the failure as a suppressed exception. */
final class KeptBranch extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KeptBranch(String location, String branch) {
        super(
                "the data of this test is kept on branch `" + branch + "` of `" + location + "`: look at it with"
                        + " `jdbc:argon:" + location + "?branch=" + branch + "`, then delete the branch",
                null,
                false,
                false);
    }
}
