package com.example.library.catalog;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

public interface Publications extends JpaRepository<Publication, Long> {

    @Query(
            """
            select new com.example.library.catalog.SubjectCount(s, count(p))
            from Publication p join p.subjects s
            group by s
            order by count(p) desc, s
            """)
    List<SubjectCount> countBySubject();
}
